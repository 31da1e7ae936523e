// Plays what stands beside a triangle, both sides at once; without this, the triangle opens the file.
const sounds = [...document.querySelectorAll("audio")];
let stop = () => {};
document.addEventListener("click", (event) => {
  const link = event.target.closest("a.play");
  const times = link && /#t=([\d.]+),([\d.]+)$/.exec(link.href);
  if (!times || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  stop();
  const [start, end] = [Number(times[1]), Number(times[2])];
  const watch = (told) => {
    if (told.target.currentTime >= end) stop();
  };
  stop = () => {
    for (const sound of sounds) {
      sound.pause();
      sound.removeEventListener("timeupdate", watch);
    }
  };
  for (const sound of sounds) {
    sound.currentTime = start;
    sound.addEventListener("timeupdate", watch);
    sound.play().catch(() => link.classList.add("silent"));
  }
});
