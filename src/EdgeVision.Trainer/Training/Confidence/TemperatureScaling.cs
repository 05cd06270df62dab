using EdgeVision.Trainer.Layers;

namespace EdgeVision.Trainer.Training;

/// <summary>One number that makes a classifier as sure as it is right (Guo et al. 2017, 1706.04599): logits divided by it have the least loss on pictures that were not learnt from. Which class is first does not change.</summary>
internal static class TemperatureScaling
{
    private const double Least = 0.05, Greatest = 20, Precision = 1e-6;
    private static readonly double Golden = (Math.Sqrt(5) - 1) / 2;

    /// <summary>0.05 to 20; above 1 = it was too sure.</summary>
    /// <remarks>By golden section over the logarithm, in which the loss has one valley. As if one picture more had been seen whose class nobody knows, because where every answer is right no sureness would be enough.</remarks>
    public static double Fit(LogitTable answers)
    {
        var spread = 1.0 / (answers.Count + 1);
        double Loss(double logarithm) => answers.LossAt(Math.Exp(logarithm), spread);
        var (low, high) = (Math.Log(Least), Math.Log(Greatest));
        var (left, right) = (high - Golden * (high - low), low + Golden * (high - low));
        var (atLeft, atRight) = (Loss(left), Loss(right));
        while (high - low > Precision)
        {
            if (atLeft < atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - Golden * (high - low);
                atLeft = Loss(left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + Golden * (high - low);
                atRight = Loss(right);
            }
        }

        return Math.Exp((low + high) / 2);
    }

    /// <summary>Divides the weights and the bias that the logits come from, so that whoever runs the network need know nothing of a temperature.</summary>
    /// <returns>False: the logits come from no layer that has any, and nothing was done.</returns>
    public static bool Fold(Network network, double temperature)
    {
        var last = LastWeighted(network.Graph);
        foreach (var parameter in network.Graph.Parameters.Where(parameter => parameter.Layer == last))
        {
            network.Write(parameter.Name, Array.ConvertAll(network.Read(parameter.Name).ToArray(), value => (float)(value / temperature)));
        }

        return last is not null;
    }

    // Through what gives half of everything where it reads half of everything.
    private static Layer? LastWeighted(LayerGraph graph)
    {
        var layer = Of(graph.Logits);
        while (layer is Flatten or GlobalAveragePool or GlobalMaxPool)
        {
            layer = Of(layer.Inputs[0]);
        }

        return layer is Linear or Conv ? layer : null;

        Layer Of(string name) => graph.Layers.Single(each => each.Name == name);
    }
}
