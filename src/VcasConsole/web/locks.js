/**
 * Seals what is kept on this phone (AES-GCM). What somebody recorded who is signed in is sealed with a key of their own: it is drawn from a
 * secret that the API gives to nobody but them, and that ends with the tab. So nothing on a phone that was put away opens it. Where the
 * secret is not at hand (nobody is signed in, or no signal yet) the phone's own key serves until it is: a browser's key object, which isn't
 * given out to any page but opens for whoever can run code in this browser. docs/decisions/0014-drafts-on-the-phone.md says what that
 * protects and what it doesn't.
 */
const algorithm = 'AES-GCM';
const about = new TextEncoder().encode('vcas: kept on a phone');

/** A person's key, from the secret that the API gave them. */
export async function personsKey(secret) {
  const bytes = Uint8Array.from(atob(secret), letter => letter.charCodeAt(0));
  const drawn = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey']);
  const drawing = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: about };
  return crypto.subtle.deriveKey(drawing, drawn, { name: algorithm, length: 256 }, false, ['encrypt', 'decrypt']);
}

/** A key of this phone's. */
export const phonesKey = () => crypto.subtle.generateKey({ name: algorithm, length: 256 }, false, ['encrypt', 'decrypt']);

/** Seals a content under the id of its row: moved to another, it doesn't open. */
export async function seal(key, id, content) {
  const [iv, plain] = [crypto.getRandomValues(new Uint8Array(12)), new TextEncoder().encode(JSON.stringify(content))];
  return { iv, sealed: await crypto.subtle.encrypt({ name: algorithm, iv, additionalData: bound(id) }, key, plain) };
}

/** Opens it; undefined where this isn't its key. */
export async function open(key, id, { iv, sealed }) {
  try {
    const plain = await crypto.subtle.decrypt({ name: algorithm, iv, additionalData: bound(id) }, key, sealed);
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    return undefined;
  }
}

const bound = id => new TextEncoder().encode(id);
