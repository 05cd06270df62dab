// A device that asks where it belongs, with Microsoft's own SDK.
// usage: node provision.js '{"host","idScope","registrationId","key"|"certFile","keyFile","transport"}'; NODE_EXTRA_CA_CERTS names the root to trust.
'use strict';
const fs = require('fs');
const { ProvisioningDeviceClient } = require('azure-iot-provisioning-device');
const transports = require('azure-iot-provisioning-device-mqtt');
const { SymmetricKeySecurityClient } = require('azure-iot-security-symmetric-key');
const { X509Security } = require('azure-iot-security-x509');

const options = JSON.parse(process.argv[2]);
const read = (file) => fs.readFileSync(file, 'utf8');
const security = options.key
  ? new SymmetricKeySecurityClient(options.registrationId, options.key)
  : new X509Security(options.registrationId, { cert: read(options.certFile), key: read(options.keyFile) });
const client = ProvisioningDeviceClient.create(options.host, options.idScope, new transports[options.transport](), security);
client.register((error, result) => {
  console.log(JSON.stringify(error ? { event: 'failed', message: error.message } : { event: 'assigned', hub: result.assignedHub, device: result.deviceId, status: result.status }));
  process.exit(error ? 1 : 0);
});
