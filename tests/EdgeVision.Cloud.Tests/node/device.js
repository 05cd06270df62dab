// A device made with Microsoft's own SDK, as a customer would write it. It says on standard output, one line of JSON each, what the hub let it do.
'use strict';
const fs = require('fs');
const { Client, Message } = require('azure-iot-device');
const { Mqtt } = require('azure-iot-device-mqtt');

const [connectionString, caFile] = process.argv.slice(2);
const say = (event, more) => console.log(JSON.stringify({ event, ...more }));

async function main() {
  const client = Client.fromConnectionString(connectionString, Mqtt);
  await client.setOptions({ ca: fs.readFileSync(caFile, 'utf8') });
  client.on('error', (error) => say('error', { message: error.message }));
  await client.open();
  say('open');

  const message = new Message(JSON.stringify({ type: 'greeting', text: 'grüße' }));
  message.contentType = 'application/json';
  message.contentEncoding = 'utf-8';
  message.messageId = 'greeting-1';
  message.properties.add('line', 'a&b=c/d é');
  await client.sendEvent(message);
  say('sent');

  client.onDeviceMethod('double', (request, response) => {
    response.send(200, { doubled: 2 * request.payload.number }, (error) => say('method', { error: error && error.message }));
  });

  const twin = await client.getTwin();
  say('twin', { desired: twin.properties.desired, reported: twin.properties.reported });
  twin.on('properties.desired', (delta) => say('desired', { delta }));
  twin.properties.reported.update({ seen: { frames: 7 }, gone: null }, (error) => say('reported', { error: error && error.message }));
}

main().catch((error) => {
  say('failed', { message: String(error && error.message) });
  process.exit(1);
});
process.stdin.on('end', () => process.exit(0)).resume();
