// Sideways swipes with one finger.

const FAR_ENOUGH = 45;

/** Calls `go(1)` for a swipe to the left (onward) and `go(-1)` for one to the right. */
export function onSwipe(node, go) {
  let start = null;
  node.addEventListener("touchstart", (event) => (start = event.touches.length === 1 ? event.touches[0] : null), { passive: true });
  node.addEventListener("touchend", (event) => {
    if (!start) return;
    const end = event.changedTouches[0];
    const [x, y] = [end.clientX - start.clientX, end.clientY - start.clientY];
    start = null;
    if (Math.abs(x) > FAR_ENOUGH && Math.abs(x) > 1.5 * Math.abs(y)) go(x < 0 ? 1 : -1);
  });
}
