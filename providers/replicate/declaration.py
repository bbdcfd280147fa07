"""How Replicate is built, and the settings it reads."""

from providers.contract.settings import Declaration, Setting

TOKEN = Setting(
    key="REPLICATE_API_TOKEN",
    about="turns Replicate's models on (Nano Banana, FLUX.2, FLUX Kontext, Seedream, Qwen, FLUX with LoRA, own "
    "versions): your account's token, which begins with `r8_`",
    default="off", kind="key", turns_on=True, looks="r8_…",
)  # fmt: skip
ADDRESS = Setting(
    key="REPLICATE_BASE_URL", about="another address of the Replicate API, without `/v1`", default="Replicate's own",
    kind="address", usual="https://api.replicate.com",
)  # fmt: skip
PUBLIC_URL = Setting(key="PUBLIC_URL", about="the address that Replicate reports finished pictures to", default="none")
REPLICATE = Declaration(build="providers.replicate.provider:build", settings=(TOKEN, ADDRESS, PUBLIC_URL))
