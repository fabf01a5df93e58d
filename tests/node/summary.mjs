/** Tells what a run of `node --test` has found: each failure whole, and at the end a line such as the other suites end with. */
export default async function* summary(events) {
  const counted = { tests: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0, duration_ms: 0 };
  for await (const { type, data } of events) {
    if (type === 'test:fail') yield `${data.name} [FAIL]\n${said(data.details.error)}\n  ${data.file ?? ''}:${data.line ?? ''}\n`;
    if (type === 'test:stderr' || type === 'test:stdout') yield data.message;
    const [, name, value] = type === 'test:diagnostic' ? /^(\w+) ([\d.]+)$/.exec(data.message) ?? [] : [];
    if (name in counted) counted[name] = Number(value);
  }
  const { tests, fail, cancelled, skipped, todo, duration_ms: took } = counted;
  yield `Total: ${tests}, Errors: ${cancelled}, Failed: ${fail}, Skipped: ${skipped + todo}, Time: ${(took / 1000).toFixed(3)}s\n`;
}

const said = error => `  ${error?.cause?.stack ?? error?.cause ?? error?.message ?? error}`.replaceAll('\n', '\n  ');
