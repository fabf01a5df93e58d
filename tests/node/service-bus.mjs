// Drives a Service Bus endpoint with the genuine client and prints what it saw, one JSON object a line.
// node service-bus.mjs <connection string> <queue> <scenario> [count]
import { ServiceBusClient } from "@azure/service-bus";

const [connectionString, queue, scenario, count = "1"] = process.argv.slice(2);
const client = new ServiceBusClient(connectionString, { retryOptions: { maxRetries: 1, timeoutInMs: 15000 } });
const say = (step, seen) => console.log(JSON.stringify({ step, ...seen }));
const seen = (m) => ({
  body: Buffer.isBuffer(m.body) ? m.body.toString("utf8") : m.body,
  messageId: m.messageId, correlationId: m.correlationId, subject: m.subject, contentType: m.contentType,
  timeToLive: m.timeToLive, properties: m.applicationProperties, deliveryCount: m.deliveryCount,
  reason: m.deadLetterReason, description: m.deadLetterErrorDescription, source: m.deadLetterSource, state: m.state,
  sequenceNumber: m.sequenceNumber?.toString(),
});
const one = async (receiver, wait = 10000) => (await receiver.receiveMessages(1, { maxWaitTimeInMs: wait }))[0];
const failing = async (work) => {
  try { await work(); return { code: "none" }; } catch (e) { return { code: e.code ?? e.name, message: e.message }; }
};

const scenarios = {
  async send() {
    const sender = client.createSender(queue);
    await sender.sendMessages({
      body: { text: "Zoë", number: 1.5 }, messageId: "from-node", correlationId: "c", subject: "made",
      contentType: "application/json", timeToLive: 86400000, applicationProperties: { text: "ü", whole: 7, truth: true, real: 0.5 },
    });
    await sender.sendMessages([{ body: Buffer.from("first") }, { body: Buffer.from("second") }]);
    const batch = await sender.createMessageBatch();
    batch.tryAddMessage({ body: Buffer.from("in a batch") });
    await sender.sendMessages(batch);
    say("sent", { largest: batch.maxSizeInBytes });
  },

  async receive() {
    const receiver = client.createReceiver(queue);
    for (let i = 0; i < Number(count); i++) {
      const message = await one(receiver);
      say("received", message ? seen(message) : { body: null });
      if (message) await receiver.completeMessage(message);
    }
  },

  async settle() {
    const sender = client.createSender(queue);
    const receiver = client.createReceiver(queue);
    const dead = client.createReceiver(queue, { subQueueType: "deadLetter" });
    await sender.sendMessages({ body: "poison", messageId: "poison" });
    for (let i = 0; i < Number(count); i++) {
      const message = await one(receiver);
      say("delivery", seen(message));
      await receiver.abandonMessage(message, { attempt: `${i + 1}` });
    }
    let buried = await one(dead);
    say("buried", seen(buried));
    await dead.completeMessage(buried);

    await sender.sendMessages({ body: "refused", messageId: "refused" });
    const refused = await one(receiver);
    await receiver.deadLetterMessage(refused, { deadLetterReason: "NotValid", deadLetterErrorDescription: "It names no one.", code: "7" });
    buried = await one(dead);
    say("refused", seen(buried));
    await dead.completeMessage(buried);

    await sender.sendMessages({ body: "long work", messageId: "long" });
    const long = await one(receiver);
    const before = long.lockedUntilUtc.getTime();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const renewed = await receiver.renewMessageLock(long);
    say("renewed", { later: renewed.getTime() > before });
    await receiver.completeMessage(long);
    say("renew a completed one", await failing(() => receiver.renewMessageLock(long)));
    say("rest", { message: (await one(receiver, 200))?.body ?? null });
  },

  async schedule() {
    const sender = client.createSender(queue);
    const receiver = client.createReceiver(queue);
    const soon = new Date(Date.now() + 1500);
    const [cancelled] = await sender.scheduleMessages({ body: "cancelled" }, new Date(Date.now() + 60000));
    await sender.scheduleMessages({ body: "by operation", messageId: "a" }, soon);
    await sender.sendMessages({ body: "by property", messageId: "b", scheduledEnqueueTimeUtc: soon });
    const peeked = await receiver.peekMessages(10);
    say("peeked", { states: peeked.map((m) => m.state), bodies: peeked.map((m) => m.body) });
    await sender.cancelScheduledMessages(cancelled);
    const early = await one(receiver, 200);
    say("early", { body: early?.body ?? null });
    for (let i = 0; i < 2; i++) {
      const message = await one(receiver);
      say("due", { ...seen(message), onTime: message.enqueuedTimeUtc.getTime() >= soon.getTime() - 1 });
      await receiver.completeMessage(message);
    }
    say("cancel again", await failing(() => sender.cancelScheduledMessages(cancelled)));
  },

  async duplicates() {
    const sender = client.createSender(queue);
    const receiver = client.createReceiver(queue);
    for (const body of ["first", "again", "and again"]) await sender.sendMessages({ body, messageId: "the same" });
    const message = await one(receiver);
    say("kept", seen(message));
    await receiver.completeMessage(message);
    say("rest", { message: (await one(receiver, 200))?.body ?? null });
  },

  // Receives as an application would, with handlers, until so many were completed.
  async subscribe() {
    const receiver = client.createReceiver(queue);
    const bodies = [];
    let settled = 0;
    await new Promise((resolve, reject) => {
      receiver.subscribe({
        async processMessage(message) {
          bodies.push(Buffer.isBuffer(message.body) ? message.body.toString() : message.body);
          // Settled here: the client settles by itself only after this returns, and would be closed in the middle of that.
          await receiver.completeMessage(message);
          if (++settled === Number(count)) resolve();
        },
        async processError(args) { reject(args.error); },
      }, { maxConcurrentCalls: 4, autoCompleteMessages: false });
    });
    await receiver.close();
    say("subscribed", { bodies: bodies.sort() });
  },
};

try {
  await scenarios[scenario]();
  say("done", {});
} catch (error) {
  say("failed", { name: error.name, code: error.code, message: error.message, stack: error.stack });
  process.exitCode = 1;
} finally {
  await client.close();
}
