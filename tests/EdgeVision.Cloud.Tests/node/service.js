// A service made with Microsoft's own SDK, as a customer would write it: identities, twins, queries and a method. One line of JSON each says what the hub let it do.
'use strict';
const { Registry, Client } = require('azure-iothub');

const { connectionString, methodDevice } = JSON.parse(process.argv[2]);
const say = (event, more) => console.log(JSON.stringify({ event, ...more }));

async function main() {
  const registry = Registry.fromConnectionString(connectionString);
  const key = Buffer.from('0123456789abcdef').toString('base64');
  for (const deviceId of ['sdk-1', 'sdk-2', 'sdk-3']) {
    const { responseBody } = await registry.create({ deviceId, status: 'enabled', authentication: { type: 'sas', symmetricKey: { primaryKey: key, secondaryKey: key } } });
    say('created', { deviceId: responseBody.deviceId, key: responseBody.authentication.symmetricKey.primaryKey, etag: responseBody.etag });
  }
  await registry.create({ deviceId: 'sdk-1' }).then(() => say('created twice'), (error) => say('refused', { error: error.name }));

  const { responseBody: device } = await registry.get('sdk-2');
  const { responseBody: disabled } = await registry.update({ ...device, status: 'disabled' });
  say('updated', { status: disabled.status });
  say('listed', { ids: (await registry.list()).responseBody.map((one) => one.deviceId) });
  const { responseBody: statistics } = await registry.getRegistryStatistics();
  say('counted', { total: statistics.totalDeviceCount, disabled: statistics.disabledDeviceCount });

  for (const [deviceId, site] of [['sdk-1', 'a'], ['sdk-2', 'b'], ['sdk-3', 'a']]) {
    const { responseBody: twin } = await registry.getTwin(deviceId);
    const { etag } = twin;
    await twin.update({ tags: { site }, properties: { desired: { interval: 5 } } });
    say('tagged', { site: twin.tags.site, interval: twin.properties.desired.interval });
    const { responseBody: again } = await registry.getTwin(deviceId);
    const { $metadata: metadata } = again.properties.desired;
    say('described', { section: metadata.$lastUpdatedVersion, interval: metadata.interval.$lastUpdatedVersion, since: Date.now() - Date.parse(metadata.interval.$lastUpdated) });
    await registry.updateTwin(deviceId, { tags: { site: 'x' } }, etag).then(() => say('updated late'), (error) => say('refused', { error: error.name }));
  }

  const query = registry.createQuery("SELECT * FROM devices WHERE tags.site = 'a'", 1);
  const found = [];
  while (query.hasMoreResults) {
    found.push(...(await query.nextAsTwin()).result.map((twin) => twin.deviceId));
  }
  say('found', { found });

  await registry.addModule({ deviceId: 'sdk-1', moduleId: 'vision' });
  say('modules', { ids: (await registry.getModulesOnDevice('sdk-1')).responseBody.map((module) => module.moduleId) });
  const client = Client.fromConnectionString(connectionString);
  const answer = await client.invokeDeviceMethod(methodDevice, { methodName: 'double', payload: { number: 21 }, responseTimeoutInSeconds: 20, connectTimeoutInSeconds: 10 });
  say('invoked', { status: answer.result.status, payload: answer.result.payload });
  await client.invokeDeviceMethod('sdk-1', { methodName: 'double' }).then(() => say('invoked the absent'), (error) => say('refused', { error: error.name }));

  await registry.delete('sdk-1');
  await registry.get('sdk-1').then(() => say('found the deleted'), (error) => say('refused', { error: error.name }));
  say('done');
}

main().catch((error) => {
  say('failed', { message: String(error && error.message), stack: String(error && error.stack) });
  process.exit(1);
});
