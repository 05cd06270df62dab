using System.Net;
using System.Net.Sockets;
using EdgeVision.Cloud.Certificates;
using EdgeVision.Cloud.Faults;
using EdgeVision.Cloud.Files;
using EdgeVision.Cloud.Forwarding;
using EdgeVision.Cloud.Limits;
using EdgeVision.Cloud.Messages;
using EdgeVision.Cloud.Models;
using EdgeVision.Cloud.Mqtt;
using EdgeVision.Cloud.Operations;
using EdgeVision.Cloud.Provisioning;
using EdgeVision.Cloud.Rest;
using EdgeVision.Cloud.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace EdgeVision.Cloud;

/// <summary>A hub that serves: MQTT for devices, HTTPS for everybody else, over one data directory.</summary>
internal sealed partial class CloudServer : IAsyncDisposable
{
    private readonly DataDirectory _directory;
    private readonly FileLock _serving;
    private readonly WebApplication _app;

    private CloudServer(DataDirectory directory, FileLock serving, WebApplication app, HubAddress address) =>
        (_directory, _serving, _app, Address) = (directory, serving, app, address);

    /// <summary>With the ports that were free, where 0 was asked for.</summary>
    public HubAddress Address { get; }

    /// <summary>Everything that HTTPS answers.</summary>
    public IReadOnlyList<RouteEndpoint> Routes => [.. ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    /// <summary>Ends when the program is told to (SIGTERM, Ctrl-C).</summary>
    public Task Stopping
    {
        get
        {
            var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _app.Lifetime.ApplicationStopping.Register(stopping.SetResult);
            return stopping.Task;
        }
    }

    /// <returns>A hub that listens; <c>endpoints.json</c> says where.</returns>
    /// <exception cref="CloudException">The directory is served by another process, or an address is taken.</exception>
    public static async Task<CloudServer> StartAsync(ServeOptions options)
    {
        var directory = DataDirectory.Create(options.Data);
        var serving = TakeLock(directory);
        var ports = new List<ListenOptions>();
        File.Delete(directory.Endpoints); // left behind by a hub that was killed
        var app = Build(options, directory, ports);
        var hub = app.Services.GetRequiredService<MqttHub>();
        try
        {
            await hub.StartAsync();
            await app.Services.GetRequiredService<ProvisioningServer>().StartAsync();
            await app.StartAsync();
            var address = new HubAddress(options.Host, ports[0].IPEndPoint!.Port, ports[1].IPEndPoint!.Port, Reachable(options.Listen)) { IdScope = directory.IdScope };
            address.Write(directory.LastEndpoints);
            address.Write(directory.Endpoints);
            Log.Listening(app.Logger, options.Listen, address.MqttPort, address.HttpsPort, directory.IdScope, directory.Path, app.Services.GetRequiredService<HubDatabase>().Name);
            return new CloudServer(directory, serving, app, address);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            await hub.StopAsync();
            await app.DisposeAsync();
            serving.Dispose();
            throw new CloudException($"The hub cannot listen on {options.Listen}, ports {options.MqttPort} and {options.HttpsPort}: {exception.Message.TrimEnd('.')}. Choose other ports with --mqtt-port and --https-port (0 takes a free one), or another --listen address.", exception);
        }
    }

    /// <summary>Closes every connection, then the listeners; what was acknowledged is on disk.</summary>
    public async ValueTask DisposeAsync()
    {
        File.Delete(_directory.Endpoints);
        // Devices first: Kestrel would otherwise wait for connections that are meant to last.
        await _app.Services.GetRequiredService<ProvisioningServer>().StopAsync();
        await _app.Services.GetRequiredService<MqttHub>().StopAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _serving.Dispose();
    }

    private static WebApplication Build(ServeOptions options, DataDirectory directory, List<ListenOptions> ports)
    {
        // Beside the program, because settings that happen to lie in the working directory are not meant for it.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        AddLogs(builder.Logging, options);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        AddRooms(builder.Services, options, directory);
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listen(kestrel, options, ports));
        var app = builder.Build();
        app.UseMiddleware<DatabaseGuard>().UseMiddleware<ServiceGuard>();
        app.MapDeviceWebSocket();
        app.Services.GetRequiredService<OperationsRoutes>().Map(app);
        app.Services.GetRequiredService<DeviceRoutes>().Map(app);
        app.Services.GetRequiredService<TwinRoutes>().Map(app);
        app.Services.GetRequiredService<MethodRoutes>().Map(app);
        app.Services.GetRequiredService<TelemetryRoutes>().Map(app);
        app.Services.GetRequiredService<TelemetryStreamRoutes>().Map(app);
        app.Services.GetRequiredService<QueryRoutes>().Map(app);
        app.Services.GetRequiredService<ForwardRoutes>().Map(app);
        app.Services.GetRequiredService<KeyRoutes>().Map(app);
        app.Services.GetRequiredService<ObjectRoutes>().Map(app);
        app.Services.GetRequiredService<RepositoryRoutes>().Map(app);
        app.Services.GetRequiredService<ModuleRoutes>().Map(app);
        app.Services.GetRequiredService<MessageRoutes>().Map(app);
        app.Services.GetRequiredService<NoticeRoutes>().Map(app);
        app.Services.GetRequiredService<EventRoutes>().Map(app);
        app.Services.GetRequiredService<FileRoutes>().Map(app);
        app.Services.GetRequiredService<BlobRoutes>().Map(app);
        return app;
    }

    private static void AddLogs(ILoggingBuilder logging, ServeOptions options)
    {
        logging.ClearProviders().SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        if (options.JsonLogs)
        {
            logging.AddJsonConsole(console => (console.TimestampFormat, console.UseUtcTimestamp) = ("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", true));
        }
        else
        {
            logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "));
        }
    }

    private static void AddRooms(IServiceCollection services, ServeOptions options, DataDirectory directory)
    {
        services.AddSingleton(TimeProvider.System).AddSingleton(directory).AddSingleton(new HubNames(options)).AddSingleton<ServerCertificate>().AddSingleton(new ServiceCertificates(options));
        services.AddSingleton(_ => HubDatabase.Open(directory, options.Database)).AddSingleton<AuditTrail>();
        services.AddSingleton<DeviceRegistry>().AddSingleton<TwinStore>().AddSingleton<TelemetryStore>().AddSingleton<ReleaseStore>().AddSingleton<ModelRepository>();
        services.AddSingleton(of => new Authenticator(
            of.GetRequiredService<DeviceRegistry>(), of.GetRequiredService<TrustedAuthorities>(), of.GetRequiredService<HubNames>(), directory.ReadServiceKey(), TimeProvider.System));
        services.AddSingleton<DeviceConnections>().AddSingleton<TelemetryIntake>().AddSingleton<TwinDesk>().AddSingleton<MethodDesk>();
        services.AddSingleton(options).AddSingleton<Strangers>().AddSingleton<RefusalPace>().AddSingleton<Subscriptions>().AddSingleton<ConnectionDiary>().AddSingleton<DevicePublishes>();
        services.AddSingleton<DeviceMessageStore>().AddSingleton<NoticeStore>().AddSingleton<MessageDesk>();
        services.AddSingleton<EnrollmentStore>().AddSingleton<Provisioner>().AddSingleton<ProvisioningServer>().AddSingleton<TrustedAuthorities>();
        services.AddSingleton<PacketGate>().AddSingleton<MqttHub>().AddSingleton<Throttle>().AddSingleton<FaultInjector>();
        services.AddConnections();
        services.AddSingleton<DeviceRoutes>().AddSingleton<TwinRoutes>().AddSingleton<MethodRoutes>().AddSingleton<TelemetryRoutes>().AddSingleton<ObjectRoutes>().AddSingleton<RepositoryRoutes>();
        services.AddSingleton<ApiKeyStore>().AddSingleton<ServiceAccess>().AddSingleton<FailedAttempts>().AddSingleton<HubCounters>().AddSingleton<DestinationStore>();
        services.AddSingleton<OperationsRoutes>().AddSingleton<TelemetryStreamRoutes>().AddSingleton<QueryRoutes>().AddSingleton<ForwardRoutes>().AddSingleton<KeyRoutes>();
        services.AddSingleton<ChangeFollower>().AddHostedService(of => of.GetRequiredService<ChangeFollower>()).AddHostedService<ForwardService>().AddHostedService<RepositoryRenewal>();
        services.AddSingleton<ModuleRoutes>().AddSingleton<MessageRoutes>().AddSingleton<NoticeRoutes>().AddSingleton<EventRoutes>();
        services.AddSingleton<UploadStore>().AddSingleton<LocalBlobs>().AddSingleton<FileDesk>().AddSingleton<FileRoutes>().AddSingleton<BlobRoutes>();
    }

    private static void Listen(KestrelServerOptions kestrel, ServeOptions options, List<ListenOptions> ports)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = 256 * 1024;
        var certificate = kestrel.ApplicationServices.GetRequiredService<ServerCertificate>();
        var gate = kestrel.ApplicationServices.GetRequiredService<PacketGate>();
        var strangers = kestrel.ApplicationServices.GetRequiredService<Strangers>();
        kestrel.Listen(options.Listen, options.MqttPort, mqtt =>
        {
            ports.Add(mqtt);
            mqtt.Protocols = HttpProtocols.Http1; // only so that TLS offers no HTTP/2
            mqtt.Use(strangers.Around);
            mqtt.UseHttps(Tls(certificate));
            mqtt.Run(gate.ServeAsync);
        });
        foreach (var port in new[] { options.HttpsPort, options.ExtraHttpsPort }.OfType<int>())
        {
            kestrel.Listen(options.Listen, port, https =>
            {
                ports.Add(https);
                https.UseHttps(Tls(certificate));
            });
        }
    }

    private static HttpsConnectionAdapterOptions Tls(ServerCertificate certificate) => new()
    {
        ServerCertificateSelector = (_, _) => certificate.Current,

        // Asked for, never required: who a device is, by certificate or by token, is decided at its CONNECT, who a service is with each request.
        ClientCertificateMode = ClientCertificateMode.AllowCertificate,
        ClientCertificateValidation = (_, _, _) => true,
#pragma warning disable CA5398 // named, because the system's default may include TLS 1.0
        SslProtocols = System.Security.Authentication.SslProtocols.Tls12 | System.Security.Authentication.SslProtocols.Tls13,
#pragma warning restore CA5398
    };

    private static FileLock TakeLock(DataDirectory directory)
    {
        try
        {
            // A command that only looks holds it for a moment, hence the patience.
            return FileLock.Wait(directory.ServingLock, TimeSpan.FromSeconds(1));
        }
        catch (IOException exception)
        {
            throw new CloudException($"{directory.Path} is served by another process already. Stop that one, or give another --data directory.", exception);
        }
    }

    private static string Reachable(IPAddress listen) =>
        listen.Equals(IPAddress.Any) ? IPAddress.Loopback.ToString() : listen.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback.ToString() : listen.ToString();

    private static partial class Log
    {
        [LoggerMessage(8010, LogLevel.Information, "Listening on {Address}: MQTT {MqttPort}, HTTPS {HttpsPort}; id scope {IdScope}; data in {Data}, database {Database}")]
        public static partial void Listening(ILogger logger, IPAddress address, int mqttPort, int httpsPort, string idScope, string data, string database);
    }
}
