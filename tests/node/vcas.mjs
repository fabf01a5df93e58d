// Plays VCAS with Microsoft's own client: takes referrals in, checks them, answers, and prints what it saw, one JSON object a line.
// node vcas.mjs <connection string> <referral to be rejected> <number of referrals>
import { ServiceBusClient } from "@azure/service-bus";

const [connectionString, toReject, number] = process.argv.slice(2);
const client = new ServiceBusClient(connectionString, { retryOptions: { maxRetries: 1, timeoutInMs: 15000 } });
const say = (step, seen) => console.log(JSON.stringify({ step, ...seen }));
const referrals = client.createReceiver("referrals");
const answers = client.createSender("referral-answers");

const answer = async (referralId, kind, more = {}) => {
  const id = `${referralId}/${kind}`;
  const event = {
    specversion: "1.0", id, source: "/vcas", type: `uk.police.vcas.referral.${kind}.v1`, subject: referralId,
    time: new Date().toISOString(), datacontenttype: "application/json", data: { referralId, ...more },
  };
  await answers.sendMessages(
    { body: Buffer.from(JSON.stringify(event)), messageId: id, subject: referralId, contentType: "application/cloudevents+json" });
};

try {
  for (let i = 0; i < Number(number); i++) {
    const [message] = await referrals.receiveMessages(1, { maxWaitTimeInMs: 20000 });
    if (!message) throw new Error("No referral came within 20 s.");
    const event = Buffer.isBuffer(message.body) ? JSON.parse(message.body.toString("utf8")) : message.body;
    say("referral", {
      messageId: message.messageId, subject: message.subject, contentType: message.contentType, deliveryCount: message.deliveryCount, event,
    });
    const referralId = event.data.referralId;
    await answer(referralId, "received");
    if (referralId === toReject) await answer(referralId, "rejected", { reason: "outOfArea" });
    else await answer(referralId, "accepted", { caseReference: "V-1" });
    await referrals.completeMessage(message);
  }

  // Somebody at VCAS writes by hand, and gets it wrong; a person's data stands in it.
  await answers.sendMessages({ body: Buffer.from('{"note":"Alex Example, 07700 900123, phoned us"'), messageId: "by hand" });
  const dead = client.createReceiver("referral-answers-dead");
  const [poison] = await dead.receiveMessages(1, { maxWaitTimeInMs: 20000 });
  if (!poison) throw new Error("The answer that can't be read did not end in the queue of dead letters within 20 s.");
  say("dead", {
    messageId: poison.messageId, reason: poison.deadLetterReason ?? null, description: poison.deadLetterErrorDescription ?? null,
    properties: poison.applicationProperties ?? {},
  });
  await dead.completeMessage(poison);
  const [rest] = await referrals.receiveMessages(1, { maxWaitTimeInMs: 300 });
  say("rest", { messageId: rest?.messageId ?? null });
} catch (error) {
  say("failed", { name: error.name, code: error.code, message: error.message, stack: error.stack });
  process.exitCode = 1;
} finally {
  await client.close();
}
