/**
 * One opening of a page. Whatever a page asks for belongs to its turn: when somebody goes on to another page the turn is over, what was
 * still asked for is given up, and an answer that comes all the same is shown nowhere, for each turn has a place of its own on the screen.
 */
import { Left } from './failures.js';

let current;

export class Turn {
  #over = new AbortController();
  #endings = [];

  /**
   * @param {HTMLElement} place  Where this page, and no other, shows what it has to show.
   * @param who  Who is signed in as it opens: what is typed and pressed here is theirs.
   */
  constructor(place, who = null) {
    this.place = place;
    this.who = who;
  }

  /** Ends what this page still asks for. */
  get signal() { return this.#over.signal; }

  /** Whether somebody has gone on. */
  get isOver() { return this.#over.signal.aborted; }

  /** What a step gives, or {@link Left} where somebody has gone on meanwhile. */
  async step(work) {
    this.check();
    try {
      return await work();
    } finally {
      this.check();
    }
  }

  /** Throws {@link Left} where somebody has gone on. */
  check() {
    if (this.isOver) throw new Left();
  }

  /** Does this when the page is left; at once where it has been. */
  onEnd(work) {
    if (this.isOver) work();
    else this.#endings.push(work);
  }

  /** Somebody goes on. */
  end() {
    if (this.isOver) return;
    this.#over.abort();
    for (const work of this.#endings) work();
  }
}

/** Begins a turn; the one before it is over. */
export function begin(place, who) {
  current?.end();
  current = new Turn(place, who);
  return current;
}

/** The page that is open now. */
export const now = () => current;
