"""The settings of a store of pictures, under the names of its server's own tools."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.core.chat.errors import BadSetting


def store_options(settings: Mapping[str, str]) -> dict[str, str]:
    """Those that BLOB_URL's server takes and that are set; raises BadSetting."""
    endpoint = settings.get("AWS_ENDPOINT_URL") or ""
    if endpoint and not (endpoint.startswith(("http://", "https://")) and urlsplit(endpoint).hostname):
        raise BadSetting("AWS_ENDPOINT_URL", f"write it like http://127.0.0.1:9000, not {endpoint!r}")
    found = {
        "s3": {
            "AWS_ENDPOINT_URL": endpoint,
            "AWS_REGION": settings.get("AWS_REGION"),
            "AWS_ACCESS_KEY_ID": settings.get("AWS_ACCESS_KEY_ID"),
            "AWS_SECRET_ACCESS_KEY": settings.get("AWS_SECRET_ACCESS_KEY"),
        },
        "gs": {"GOOGLE_APPLICATION_CREDENTIALS": settings.get("GOOGLE_APPLICATION_CREDENTIALS")},
        "az": {
            "AZURE_STORAGE_ACCOUNT_NAME": settings.get("AZURE_STORAGE_ACCOUNT_NAME"),
            "AZURE_STORAGE_ACCOUNT_KEY": settings.get("AZURE_STORAGE_ACCOUNT_KEY"),
        },
    }.get(settings.get("BLOB_URL", "").partition(":")[0], {})
    return {name: value for name, value in found.items() if value}
