"""How Gemini is built, and the settings it reads."""

from providers.contract.settings import Declaration, Setting

KEY = Setting(
    key="GEMINI_API_KEY", about="turns Google's Nano Banana models on: a key of Google AI Studio", default="off",
    kind="key", turns_on=True, looks="AIza…",
)  # fmt: skip
ADDRESS = Setting(
    key="GOOGLE_GEMINI_BASE_URL", about="another address of the Gemini API", default="Google's own",
    kind="address", usual="https://generativelanguage.googleapis.com",
)  # fmt: skip
GEMINI = Declaration(build="providers.gemini.provider:build", settings=(KEY, ADDRESS))
