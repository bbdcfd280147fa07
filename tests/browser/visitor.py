"""A person at the page: what they do there, and how they know that it is done."""

import base64
from pathlib import Path

from playwright.async_api import Locator, Page, expect

FILE = """([transfer, name, data]) => {
  const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0));
  transfer.items.add(new File([bytes], name, { type: "image/jpeg" }));
}"""

LOADED = """() => [...document.images].every((image) => {
  const { top, bottom } = image.getBoundingClientRect();
  return bottom < 0 || top > innerHeight || !image.src || image.complete;
})"""


class Visitor:
    """Somebody who uses the page as people do."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.field = page.locator("#message")
        self.lightbox = page.get_by_role("dialog")
        self.completions = page.locator("#options").get_by_role("option")

    async def drop(self, *photos: Path) -> None:
        """Drag photos onto the page and let go."""
        transfer = await self.page.evaluate_handle("() => new DataTransfer()")
        for photo in photos:
            data = base64.b64encode(photo.read_bytes()).decode()
            await self.page.evaluate(FILE, [transfer, photo.name, data])
        for event in ("dragenter", "dragover", "drop"):
            await self.page.dispatch_event("#thread", event, {"dataTransfer": transfer})
        await expect(self.page.locator(".pending-photo img")).to_have_count(len(photos))

    async def say(self, text: str) -> None:
        await self.field.fill(text)
        await self.send()

    async def send(self) -> None:
        """Send what stands in the field, and wait until it stands in the chat."""
        said = self.page.locator("[data-author=me][data-state=there]")
        count = await said.count()
        if await self.completions.count():
            await self.field.press("Escape")
        await self.field.press("Enter")
        await expect(said).to_have_count(count + 1)

    async def tap(self, name: str) -> None:
        """Press the newest button of that name."""
        await self.page.get_by_role("log").get_by_role("button", name=name).last.click()

    async def result(self, number: int) -> Locator:
        """The pictures of the result with that number in the chat (from 0), once it is drawn."""
        shown = self.page.locator("[data-kind=show]")
        await expect(shown).to_have_count(number + 1)
        await expect(self.page.locator("[data-kind=progress]")).to_have_count(0)
        return shown.nth(number).locator(".tile")

    async def tab_to(self, target: Locator, *, back: bool = False) -> None:
        """Move by the Tab key alone until `target` has the focus."""
        for _ in range(80):
            if await target.evaluate("node => node === document.activeElement"):
                return
            await self.page.keyboard.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"Tab never came to {target}")

    async def settled(self) -> None:
        """Every picture in view is there and nothing moves any more."""
        await self.page.wait_for_function(LOADED)
        await self.page.evaluate("() => Promise.allSettled(document.getAnimations().map((one) => one.finished))")


async def verdicts(tiles: Locator) -> list[str]:
    """The state of each picture as it stands there: its verdict, and a star on the best."""
    said = "tiles => tiles.map(({ dataset }) => dataset.verdict + (dataset.best === 'true' ? '*' : ''))"
    states: list[str] = await tiles.evaluate_all(said)
    return states
