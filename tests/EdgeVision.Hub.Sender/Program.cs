using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EdgeVision.Hub;
using Microsoft.Extensions.Logging.Abstractions;

// A device that is there to be killed: it sends numbered events with no hub to take them, and says of each when it was accepted.
// usage: EdgeVision.Hub.Sender OUTBOX RUN MESSAGES_PER_SECOND DISK_BYTES NOISE_BYTES
// says:  NUMBER MILLISECONDS (of a clock that goes on over the kill), one line for each
var (path, run, perSecond) = (args[0], args[1], int.Parse(args[2], CultureInfo.InvariantCulture));
var (diskBytes, noise) = (long.Parse(args[3], CultureInfo.InvariantCulture), new byte[int.Parse(args[4], CultureInfo.InvariantCulture)]);
using var client = new HubClient(
    new HubOptions { ConnectionString = HubConnectionString.Parse("HostName=localhost:9;DeviceId=cam-1;SharedAccessKey=a2V5"), Outbox = new OutboxOptions { Path = path, DiskBytes = diskBytes } },
    TimeProvider.System, NullLogger<HubClient>.Instance);
using var output = new StreamWriter(Console.OpenStandardOutput(), bufferSize: 64) { AutoFlush = true };
using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
for (var number = 0; await pace.WaitForNextTickAsync();)
{
    for (var i = 0; i < perSecond / 100; i++, number++)
    {
        RandomNumberGenerator.Fill(noise);
        var body = Encoding.UTF8.GetBytes($$"""{"type":"event","device":"cam-1","bootId":"{{run}}","sequence":{{number}},"event":"line.crossed","detail":"{{Convert.ToBase64String(noise)}}"}""");
        client.Send(new TelemetryMessage($"{run}-{number}", "event", TelemetryPriority.Event, TimeProvider.System.GetUtcNow(), body));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number} {TimeProvider.System.GetTimestamp() * 1000 / TimeProvider.System.TimestampFrequency}"));
    }
}
