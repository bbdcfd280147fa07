"""How OpenAI, or a server that speaks its images API, is built, and the settings it reads."""

from providers.contract.settings import Declaration, Setting

KEY = Setting(
    key="OPENAI_API_KEY", about="turns the OpenAI image models on; may stay empty for a server of your own",
    default="off", kind="key", turns_on=True,
)  # fmt: skip
ADDRESS = Setting(
    key="OPENAI_BASE_URL",
    about="any server that speaks the OpenAI images API, with `/v1`; turns the provider on too",
    default="OpenAI's own", kind="address", turns_on=True, usual="https://api.openai.com/v1",
)  # fmt: skip
OPENAI = Declaration(build="providers.openai_images.provider:build", settings=(KEY, ADDRESS))
