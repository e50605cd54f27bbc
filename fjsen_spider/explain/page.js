// Point at a value or at its place, and all of both light up. Without this the links between them still work.
"use strict";
document.documentElement.classList.add("js");
const light = (id, name) => {
  document.querySelectorAll("." + name).forEach((node) => node.classList.remove(name));
  if (id) document.querySelectorAll(`[data-f~="${id}"]`).forEach((node) => node.classList.add(name));
};
document.addEventListener("mouseover", (event) => {
  const node = event.target.closest("[data-f]");
  light(node && node.dataset.f.split(" ")[0], "on");
});
const choose = () => {
  const [, side, id] = location.hash.match(/^#([fs])(\d+)$/) || [];
  light(id, "chosen");
  const other = id && document.getElementById((side === "f" ? "s" : "f") + id);
  if (other) other.scrollIntoView({ block: "nearest" });
};
addEventListener("hashchange", choose);
choose();
