Console.Error.WriteLine("edgevision-cloud: nothing yet"); return 2;
