// ---- the page of the original file: which of the two is seen, fetching the picture, zoom, the box in the middle

const ZOOMS = [1, 1.25, 1.5, 2, 2.5, 3, 4];
const READABLE = 20; // so many dots high should a boxed line be
const WIDEST = 0.9; // of the frame, so that a number at the box's other end is seen

/** Whether table and page stand side by side. */
const isBoth = () => $("#page").classList.contains("evidence-full") && matchMedia("(min-width: 1100px)").matches;

function showView() {
  const panel = $("#evidence .evidence");
  const figure = $("#evidence .original");
  if (!panel) return;
  const view = figure ? kept("view") || "printed" : "printed";
  panel.dataset.view = view;
  all(".views button", panel).forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.view === view)));
  if (figure && (view === "original" || isBoth())) drawOriginal(figure, panel);
}

async function drawOriginal(figure, panel) {
  if (figure.dataset.asked) return centreBox(figure);
  figure.dataset.asked = "yes";
  const sheet = figure.querySelector(".sheet");
  try {
    const blob = await (await call(turnPath("original.png", panel.dataset.turn, `&n=${panel.dataset.n}`))).blob();
    const image = new Image();
    image.alt = figure.dataset.name;
    image.src = URL.createObjectURL(blob);
    await image.decode();
    URL.revokeObjectURL(image.src);
    sheet.querySelector(".working").remove();
    sheet.prepend(image);
    sheet.classList.add("drawn");
    zoomTo(figure, readableZoom(figure, image));
  } catch (error) {
    delete figure.dataset.asked;
    sheet.querySelector(".working").textContent = error instanceof RequestError ? error.message : "这一页的图片显示不出来。";
  }
}

/** As large as reading takes, as long as the whole box stays in sight. */
function readableZoom(figure, image) {
  const [wide, high] = ["width", "height"].map((edge) => Math.max(...all(".cited-box", figure).map((box) => parseFloat(box.style[edge]) / 100)));
  const line = high * figure.querySelector(".sheet-scroll").clientWidth * image.naturalHeight / image.naturalWidth;
  const fitting = ZOOMS.filter((zoom) => zoom === 1 || zoom * wide <= WIDEST);
  return fitting.find((zoom) => zoom * line >= READABLE) || fitting.at(-1);
}

function zoomTo(figure, zoom) {
  figure.dataset.at = zoom;
  figure.querySelector(".sheet").style.width = `${zoom * 100}%`;
  figure.querySelector(".zoom span").textContent = `${Math.round(zoom * 100)}%`;
  centreBox(figure);
}

function zoomBy(figure, step) {
  const at = ZOOMS.indexOf(Number(figure.dataset.at || 1));
  zoomTo(figure, step ? ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, at + step))] : 1);
}

function centreBox(figure) {
  const boxes = all(".cited-box", figure);
  const frame = figure.querySelector(".sheet-scroll");
  if (!boxes.length || !frame.offsetParent) return;
  frame.scrollLeft = 0; // what a row is called stands on the left
  const [first, last] = [boxes[0], boxes.at(-1)].map((box) => box.getBoundingClientRect());
  const seen = frame.getBoundingClientRect();
  const high = last.bottom - first.top;
  frame.scrollTop += first.top - seen.top - Math.max(12, (seen.height - high) / 2);
  frame.scrollLeft += Math.max(0, Math.min(first.right + 24 - seen.right, first.left - 12 - seen.left));
}

element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-view], [data-zoom]");
  if (!button || button.tagName !== "BUTTON") return;
  if (button.dataset.zoom) return zoomBy(button.closest(".original"), Number(button.dataset.zoom));
  keep("view", button.dataset.view);
  showView();
  centre();
});
element.addEventListener("keydown", (event) => {
  const figure = event.target.closest(".sheet-scroll")?.closest(".original");
  if (!figure || event.ctrlKey || event.metaKey) return;
  if (event.key === "+" || event.key === "=") zoomBy(figure, 1);
  if (event.key === "-") zoomBy(figure, -1);
});
