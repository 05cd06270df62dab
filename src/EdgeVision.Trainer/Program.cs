using System.CommandLine;

return new RootCommand("From a folder of pictures to a signed, compressed model on the device.").Parse(args).Invoke();
