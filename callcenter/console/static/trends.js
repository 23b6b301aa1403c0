// Trends drawn from the tables of their page, which are all there is where the library is missing. Colours are the page's.

const RIGHT_TO_LEFT = document.documentElement.dir === "rtl";
const HEIGHT = 240;
const STEPS = [15, 30, 60, 120, 180, 240]; // minutes
const WHOLE = [1, 2, 5].flatMap((each) => [1, 10, 100, 1000, 10000].map((power) => each * power)).sort((a, b) => a - b);
const FORMATS = {
  calls: (value) => `${value}`,
  people: (value) => `${value}`,
  seconds: (value) => `${value}`,
  share: (value) => `${Math.round(value * 100)} %`,
};

const uPlot = await import("./lib/uPlot.esm.js").then((library) => library.default, () => null);
const drawn = [];

function ink(name) {
  const probe = document.createElement("i");
  probe.className = name;
  probe.hidden = true;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

function clock(minutes) {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

function columns(table) {
  const rows = [...table.tBodies[0].rows];
  const values = [...table.tHead.rows[0].cells].slice(1).map((_, place) => rows.map((row) => {
    const { value } = row.cells[place + 1].dataset;
    return value === "" ? null : Number(value);
  }));
  return [rows.map((row) => Number(row.dataset.at)), ...values];
}

function draw(card) {
  const [canvas, table] = [card.querySelector(".canvas"), card.querySelector("table")];
  const data = columns(table);
  const format = FORMATS[canvas.dataset.unit];
  const [soft, grid] = [ink("ink-4"), { stroke: ink("grid-ink"), width: 1 }];
  const font = `13px ${getComputedStyle(document.body).fontFamily}`;
  const common = { stroke: soft, grid, ticks: { show: false }, font };
  const series = [...table.tHead.rows[0].cells].slice(1).map((head) => ({
    label: head.textContent,
    stroke: ink(head.dataset.ink),
    width: 2,
    dash: "dashed" in head.dataset ? [6, 5] : undefined,
    points: { show: data[0].length < 3, size: 6 },
  }));
  const high = canvas.dataset.unit === "share" ? 1 : null;
  const options = {
    width: canvas.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { drag: { x: false, y: false }, points: { size: 7 } },
    scales: {
      x: { time: false, dir: RIGHT_TO_LEFT ? -1 : 1 },
      y: { range: (_plot, _low, top) => [0, high ?? Math.max(1, top * 1.08)] },
    },
    axes: [
      { ...common, size: 30, incrs: STEPS, space: 64, values: (_plot, splits) => splits.map(clock) },
      { ...common, side: RIGHT_TO_LEFT ? 1 : 3, size: 56, ...(high ? {} : { incrs: WHOLE }), values: (_plot, splits) => splits.map(format) },
    ],
    series: [{}, ...series],
  };
  return new uPlot(options, data, canvas);
}

function drawAll() {
  for (const plot of drawn.splice(0)) plot.destroy();
  for (const card of document.querySelectorAll(".drawn")) drawn.push(draw(card));
}

if (uPlot) {
  for (const details of document.querySelectorAll("details.table")) details.open = false;
  drawAll();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
  new ResizeObserver(() => {
    for (const plot of drawn) plot.setSize({ width: plot.root.parentElement.clientWidth, height: HEIGHT });
  }).observe(document.querySelector(".trends"));
}
document.querySelector(".trends").dataset.drawn = uPlot ? "yes" : "no";
