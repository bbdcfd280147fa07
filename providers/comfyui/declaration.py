"""How ComfyUI is built, and the setting it reads."""

from providers.contract.settings import Declaration, Setting

ADDRESS = Setting(
    key="COMFYUI_URL",
    about="your own ComfyUI; its workflows are described in `MODELS_FILE`, see "
    "[docs/examples/comfyui](docs/examples/comfyui/models.toml)",
    default="off", kind="address", turns_on=True, usual="http://127.0.0.1:8188",
)  # fmt: skip
COMFYUI = Declaration(build="providers.comfyui.provider:build", settings=(ADDRESS,))
