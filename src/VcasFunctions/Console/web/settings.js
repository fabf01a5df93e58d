/** What the app tells these pages about itself, before anybody has signed in. */
let known;

/** The settings; the service worker keeps the last ones for when there is no signal. */
export async function settings() {
  known ??= await (await fetch('/console/settings.json')).json();
  return known;
}
