"""How fal is built, and the settings it reads."""

from providers.contract.settings import Declaration, Setting

KEY = Setting(
    key="FAL_KEY", about="turns fal's models on: a key like `id:secret`", default="off",
    kind="key", turns_on=True, looks="id:secret",
)  # fmt: skip
ADDRESS = Setting(
    key="FAL_QUEUE_URL", about="another address of fal's queue", default="fal's own",
    kind="address", usual="https://queue.fal.run",
)  # fmt: skip
FAL = Declaration(build="providers.fal.provider:build", settings=(KEY, ADDRESS))
