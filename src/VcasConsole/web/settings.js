/** What the app tells these pages about itself, before anybody has signed in. */
import { json, judge } from './answers.js';
import { reach } from './failures.js';

let known;

/**
 * The settings; the service worker keeps the last ones for when there is no signal. What a network's sign-in page says instead is not
 * believed.
 */
export async function settings() {
  known ??= await reach(async () => {
    const answer = await fetch('/console/settings.json');
    return judge(
      { status: answer.status, contentType: answer.headers.get('Content-Type') }, await answer.text(),
      { statuses: [200], media: json, proof: body => typeof body.authority === 'string' && Array.isArray(body.callDays) });
  });
  return known;
}
