/** Files that a page makes. */

/** Lets the browser keep a text as a file. */
export const download = (name, text, type = 'text/csv') => downloadBlob(name, new Blob([text], { type: `${type};charset=utf-8` }));

/** Lets the browser keep bytes as a file. */
export function downloadBlob(name, blob) {
  const address = URL.createObjectURL(blob);
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(address);
}
