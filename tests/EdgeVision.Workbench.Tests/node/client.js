// A repository in a folder, served over HTTP on loopback, seen by the TUF client of other people. Prints what it found as one line of JSON.
const fs = require('fs');
const http = require('http');
const path = require('path');
const { Updater } = require('tuf-js');

const [repository, trusted, ...targets] = process.argv.slice(2);
const server = http.createServer((request, response) => {
  const file = path.join(repository, path.normalize(decodeURIComponent(request.url)));
  fs.readFile(file, (error, bytes) => error ? response.writeHead(404).end() : response.end(bytes));
});

server.listen(0, '127.0.0.1', async () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  const updater = new Updater({ metadataDir: trusted, targetDir: trusted, metadataBaseUrl: `${base}/metadata`, targetBaseUrl: `${base}/targets`, config: { fetchRetries: 0 } });
  try {
    await updater.refresh();
    const found = {};
    for (const target of targets) {
      const info = await updater.getTargetInfo(target);
      found[target] = info && { custom: info.custom, text: fs.readFileSync(await updater.downloadTarget(info), 'utf8') };
    }
    console.log(JSON.stringify({ root: JSON.parse(fs.readFileSync(path.join(trusted, 'root.json'))).signed.version, found }));
  } catch (error) {
    console.error(`${error.name}: ${error.message}`);
    process.exitCode = 1;
  }
  server.close();
});
