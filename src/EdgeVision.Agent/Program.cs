Console.Error.WriteLine("edgevisiond: nothing yet"); return 2;
