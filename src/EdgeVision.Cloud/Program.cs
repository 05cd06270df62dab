using EdgeVision.Cloud.Commands;

return await CommandLine.RunAsync(args);
