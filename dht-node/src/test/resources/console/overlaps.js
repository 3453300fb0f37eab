() => {
  const shown = document.querySelectorAll('.extra :is(.needle-head, .needle-text, .stop-name, .rank circle)');
  const boxes = [...shown].map(each => {
    const {left, right, top, bottom} = each.getBoundingClientRect();
    const line = each.nodeName === 'text' ? (bottom - top) / 6 : 0;
    return {what: each.textContent || each.parentElement.textContent, left, right, top: top + line, bottom: bottom - line};
  });
  const faults = boxes.filter(box => box.left < 0 || box.right > innerWidth).map(box => `${box.what} leaves the page`);
  boxes.forEach((a, i) => boxes.slice(i + 1).filter(b => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
    .forEach(b => faults.push(`${a.what} covers ${b.what}`)));
  return faults;
}
