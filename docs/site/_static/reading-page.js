// Mounts the cell that reads in a lesson. tools/site.py puts the front end before this, inside one
// function, so that it also works when the page is opened from a disk.

for (const el of document.querySelectorAll(".reading[data-reading]"))
  unpack(window.lstmDemos[el.dataset.reading]).then((data) => mountReading(el, data));
