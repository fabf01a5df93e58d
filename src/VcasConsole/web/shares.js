/** Calls spread over people: each gets as many as the others, and as many of the urgent ones. */

/**
 * Who gets which.
 * @param {object[]} calls  As they stand in the list, the most urgent first.
 * @param {object[]} assignees  Those who get them, in their order.
 * @returns {{call: object, assignee: object}[]}  In the order of the calls.
 */
export const spread = (calls, assignees) => calls.map((call, index) => ({ call, assignee: assignees[index % assignees.length] }));

/** How many each gets, in the order of the assignees. */
export const counts = (count, assignees) => assignees.map(
  (assignee, index) => ({ assignee, count: Math.floor(count / assignees.length) + (index < count % assignees.length ? 1 : 0) }));
