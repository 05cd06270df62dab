using System.CommandLine;
using System.Globalization;
using EdgeVision.Trainer.Architectures;
using EdgeVision.Trainer.Layers;
using EdgeVision.Trainer.Training;
using EdgeVision.Workbench;

namespace EdgeVision.Trainer.Commands;

/// <summary>What a training takes, by itself or within the loop.</summary>
internal static class TrainOptions
{
    private static readonly TrainingOptions Defaults = new();

    private static readonly Option<string> Model = new("--model") { Description = $"network: {string.Join(", ", ArchitectureCatalog.Names)}; what suits the pictures when not given", HelpName = "NAME", DefaultValueFactory = _ => ArchitectureCatalog.Auto };
    private static readonly Option<double> Width = new("--width") { Description = "filters of every layer times this; 1 when not given", DefaultValueFactory = _ => 1 };
    private static readonly Option<ActivationKind> Activation = WordOption.Of("--activation", "what bends values; relu when not given, and the fastest in 8 bits", ActivationKind.Relu,
        ("relu", ActivationKind.Relu), ("relu6", ActivationKind.Relu6), ("leaky-relu", ActivationKind.LeakyRelu), ("silu", ActivationKind.Silu), ("hard-swish", ActivationKind.HardSwish));
    private static readonly Option<double> Dropout = new("--dropout") { Description = "share of the last features that is left out while training" };
    private static readonly Option<string> Augment = new("--augment") { Description = $"what is done to pictures that are learnt from: {string.Join(", ", AugmentationPolicy.Names)}, with a strength as strong:0.5, without a step as standard,-flip; none when not given", HelpName = "POLICY", DefaultValueFactory = _ => AugmentationPolicy.None.Name };
    private static readonly Option<string?> Size = new("--size") { Description = "of the input, as in 224 or 416x256; what suits the pictures when not given", HelpName = "SIZE" };
    private static readonly Option<int> Samples = new("--samples") { Description = "pictures to learn from; all when not given", HelpName = "N" };
    private static readonly Option<string?> MaskClasses = new("--mask-classes") { Description = "names of what masks tell apart, in the order of their values, as in road,lane,curb; the set's classes when not given", HelpName = "NAMES" };
    private static readonly Option<string?> From = new("--from") { Description = "run, model package, safetensors or ONNX file to begin with: every tensor of the same name and shape is taken over; a run or package also says how its pictures were prepared", HelpName = "RUN|PACKAGE|FILE" };
    private static readonly Option<double> TransferRate = new("--transfer-rate") { Description = "share of the learning rate for layers that are taken over whole; 1 when not given", HelpName = "SHARE", DefaultValueFactory = _ => 1 };
    private static readonly Option<string[]> LayerRate = new("--layer-rate") { Description = "LAYER=SHARE of the learning rate, 0 = it does not learn; LAYER is how names begin, as in stage1=0.1 (may be given several times)", HelpName = "LAYER=SHARE", DefaultValueFactory = _ => [] };
    private static readonly Option<string[]> Freeze = new("--freeze") { Description = "layers that do not learn, as --layer-rate LAYER=0", HelpName = "LAYER", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
    private static readonly Option<int> Epochs = new("--epochs") { Description = "times that each is seen; 5 when not given", DefaultValueFactory = _ => Defaults.Epochs, HelpName = "N" };
    private static readonly Option<int> BatchSize = new("--batch") { Description = "pictures of one step; 32 when not given", DefaultValueFactory = _ => Defaults.BatchSize, HelpName = "N" };
    private static readonly Option<OptimizerKind> Optimizer = WordOption.Of("--optimizer", "how gradients change weights; adam when not given", Defaults.Optimizer, ("adam", OptimizerKind.Adam), ("adamw", OptimizerKind.AdamW), ("momentum", OptimizerKind.Momentum));
    private static readonly Option<double> Rate = new("--learning-rate") { Description = "0.001 when not given", DefaultValueFactory = _ => Defaults.LearningRate };
    private static readonly Option<RateSchedule> Schedule = WordOption.Of("--schedule", "how the learning rate goes after the warm-up; constant when not given", Defaults.Schedule, ("constant", RateSchedule.Constant), ("cosine", RateSchedule.Cosine));
    private static readonly Option<double> Warmup = new("--warmup") { Description = "epochs over which the rate rises" };
    private static readonly Option<double> Decay = new("--weight-decay") { Description = "pull of weights towards 0" };
    private static readonly Option<double> Average = new("--average") { Description = "running mean of the weights, as 0.999; none when not given" };
    private static readonly Option<double> Clip = new("--clip") { Description = "greatest length of the gradient; any when not given" };
    private static readonly Option<double> Smoothing = new("--label-smoothing") { Description = "share of the truth that is spread over all classes" };
    private static readonly Option<double> Focus = new("--focus") { Description = "power of what is missing to certainty that a picture counts with (focal loss), as 2" };
    private static readonly Option<bool> Balance = new("--balance") { Description = "let rare classes count more" };
    private static readonly Option<int> Patience = new("--patience") { Description = "stop after so many epochs without a better validation, and take the best epoch", HelpName = "N" };
    private static readonly Option<string?> Cost = new("--cost") { Description = "of two classes, what wrong answers cost: miss=5,false-alarm=1 (the second class is the alarm) or miss=5,false-alarm=1,alarm=CLASS; a threshold is chosen by it", HelpName = "SPEC" };
    private static readonly Option<long> Seed = new("--seed") { Description = "where all chance comes from; 1 when not given", DefaultValueFactory = _ => Defaults.Seed, HelpName = "N" };
    private static readonly Option<int> Threads = new("--threads") { Description = "threads of one operation; 2 when not given", DefaultValueFactory = _ => Defaults.Threads, HelpName = "N" };

    public static IReadOnlyList<Option> All { get; } =
    [
        Model, Width, Activation, Dropout, From, TransferRate, LayerRate, Freeze, Samples, Size, MaskClasses, Augment, Epochs, BatchSize, Optimizer, Rate, Schedule, Warmup, Decay, Average, Clip, Smoothing, Focus, Balance, Patience, Seed, Threads,
        .. DataOptions.Which, DataOptions.ValidationShare, DataOptions.TestShare, DataOptions.Accept, Cost,
    ];

    public static string CommandOf(ParseResult arguments) => $"edgevision-trainer {string.Join(' ', arguments.Tokens.Select(token => token.Value))}";

    public static RunSettings SettingsOf(ParseResult arguments) => new()
    {
        Model = arguments.GetRequiredValue(Model),
        Width = arguments.GetValue(Width),
        Activation = arguments.GetValue(Activation),
        Dropout = arguments.GetValue(Dropout),
        Data = DataOptions.WishOf(arguments),
        Shares = DataOptions.SharesOf(arguments),
        Accepted = DataOptions.AcceptedOf(arguments),
        Size = arguments.GetValue(Size),
        Augment = arguments.GetRequiredValue(Augment),
        Command = CommandOf(arguments),
        MaskClasses = arguments.GetValue(MaskClasses)?.Split(',', StringSplitOptions.TrimEntries) ?? [],
        From = arguments.GetValue(From),
        TransferRate = arguments.GetValue(TransferRate),
        LayerRates = LayerRatesOf(arguments),
        Samples = arguments.GetValue(Samples),
        Cost = arguments.GetValue(Cost) is { } cost ? DecisionCost.Parse(cost) : null,
        Options = new TrainingOptions
        {
            Epochs = arguments.GetValue(Epochs),
            BatchSize = arguments.GetValue(BatchSize),
            Optimizer = arguments.GetValue(Optimizer),
            LearningRate = arguments.GetValue(Rate),
            Schedule = arguments.GetValue(Schedule),
            WarmupEpochs = arguments.GetValue(Warmup),
            WeightDecay = arguments.GetValue(Decay),
            AverageDecay = arguments.GetValue(Average),
            ClipNorm = arguments.GetValue(Clip),
            LabelSmoothing = arguments.GetValue(Smoothing),
            Focus = arguments.GetValue(Focus),
            BalanceClasses = arguments.GetValue(Balance),
            Patience = arguments.GetValue(Patience),
            Seed = arguments.GetValue(Seed),
            Threads = arguments.GetValue(Threads),
        },
    };

    private static SortedDictionary<string, double> LayerRatesOf(ParseResult arguments)
    {
        var rates = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var name in arguments.GetRequiredValue(Freeze).SelectMany(names => names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            rates[name] = 0;
        }

        foreach (var pair in arguments.GetRequiredValue(LayerRate))
        {
            var mark = pair.LastIndexOf('=');
            rates[mark > 0 ? pair[..mark] : pair] = mark > 0 && double.TryParse(pair[(mark + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var share) ? share
                : throw new TrainerException($"--layer-rate {pair} is LAYER=SHARE, as in stage1=0.1.");
        }

        return rates;
    }
}
