// The driver's display: shows what the gate says and nothing else. Without a connection it asks for patience.

const lane = location.pathname.split("/").pop();
const lines = document.querySelector("#lines");
const patience = [...lines.children];

function show(pictogram, paragraphs, time) {
  document.body.className = pictogram;
  document.querySelector("#sign use").setAttribute("href", "#p-" + pictogram);
  const clock = document.querySelector("#time");
  clock.textContent = time ?? "";
  clock.hidden = !time;
  lines.replaceChildren(...paragraphs);
}

function listen() {
  const live = new EventSource(`/api/driver/${lane}/live`);
  live.addEventListener("display", (event) => {
    const display = JSON.parse(event.data);
    show(display.pictogram, display.lines.map((line) => {
      const paragraph = document.createElement("p");
      paragraph.lang = line.language;
      paragraph.textContent = line.text;
      return paragraph;
    }), display.time);
  });
  live.addEventListener("error", () => {
    show("wait", patience);
    if (live.readyState === EventSource.CLOSED) setTimeout(listen, 3000);
  });
}

listen();
