// A device made with Microsoft's own SDK, as a customer would write it. It says on standard output, one line of JSON each, what the hub let it do.
// usage: node device.js '{"connectionString","caFile","transport","certFile","keyFile","module","upload"}'
'use strict';
const fs = require('fs');
const { Client, ModuleClient, Message } = require('azure-iot-device');
const transports = require('azure-iot-device-mqtt');

const options = JSON.parse(process.argv[2]);
const say = (event, more) => console.log(JSON.stringify({ event, ...more }));
const read = (file) => fs.readFileSync(file, 'utf8');

async function main() {
  const client = (options.module ? ModuleClient : Client).fromConnectionString(options.connectionString, transports[options.transport || 'Mqtt']);
  const trust = { ca: read(options.caFile) };
  await client.setOptions(options.certFile ? { ...trust, cert: read(options.certFile), key: read(options.keyFile) } : trust);
  client.on('error', (error) => say('error', { message: error.message }));
  client.on('disconnect', () => say('disconnect'));
  client.on('connect', () => say('connect'));
  if (!options.module) {
    client.on('message', (message) => {
      say('message', { data: message.data.toString(), id: message.messageId, properties: message.properties.propertyList });
      client.complete(message, (error) => say('completed', { error: error && error.message }));
    });
  }

  await client.open();
  say('open');

  const message = new Message(JSON.stringify({ type: 'greeting', text: 'grüße' }));
  message.contentType = 'application/json';
  message.contentEncoding = 'utf-8';
  message.messageId = 'greeting-1';
  message.properties.add('line', 'a&b=c/d é');
  await client.sendEvent(message);
  say('sent');

  const onMethod = options.module ? client.onMethod : client.onDeviceMethod;
  onMethod.call(client, 'double', (request, response) => {
    response.send(200, { doubled: 2 * request.payload.number }, (error) => say('method', { error: error && error.message }));
  });

  const twin = await client.getTwin();
  say('twin', { desired: twin.properties.desired, reported: twin.properties.reported });
  twin.on('properties.desired', (delta) => say('desired', { delta }));
  twin.properties.reported.update({ seen: { frames: 7 }, gone: null }, (error) => say('reported', { error: error && error.message }));

  if (options.upload) {
    const size = fs.statSync(options.upload).size;
    client.uploadToBlob('evidence/picture 1.bin', fs.createReadStream(options.upload), size, (error) => say('uploaded', { error: error && error.message }));
  }

  let ticks = 0;
  setInterval(() => {
    const tick = new Message(JSON.stringify({ type: 'tick', number: ++ticks }));
    tick.contentType = 'application/json';
    tick.contentEncoding = 'utf-8';
    client.sendEvent(tick, (error) => say('tick', { error: error && error.message }));
  }, 500);
}

main().catch((error) => {
  say('failed', { message: String(error && error.message) });
  process.exit(1);
});
process.stdin.on('end', () => process.exit(0)).resume();
