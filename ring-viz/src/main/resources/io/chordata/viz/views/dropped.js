/** The files of what was dropped, `[{name, file}]`: folders with all that is in them, named by their way from there. */
export async function droppedFiles(transfer) {
  const entries = [...transfer.items].filter(item => item.kind === 'file').map(item => item.webkitGetAsEntry?.() ?? null);
  if (entries.length === 0 || entries.some(entry => entry === null)) {
    return plainFiles(transfer.files);
  }
  const found = [];
  for (const entry of entries) {
    await collect(entry, '', found);
  }
  return found;
}

export const plainFiles = files => [...files].map(file => ({name: file.webkitRelativePath || file.name, file}));

async function collect(entry, path, found) {
  if (entry.isFile) {
    found.push({name: path + entry.name, file: await new Promise((resolve, reject) => entry.file(resolve, reject))});
    return;
  }
  const reader = entry.createReader();
  const some = () => new Promise((resolve, reject) => reader.readEntries(resolve, reject));
  for (let inside = await some(); inside.length > 0; inside = await some()) {
    for (const each of inside) {
      await collect(each, `${path}${entry.name}/`, found);
    }
  }
}
