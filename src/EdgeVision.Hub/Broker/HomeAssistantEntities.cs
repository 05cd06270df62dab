using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeVision.Hub;

/// <summary>The entities of Home Assistant, each with the template that takes its value out of an interval message (<c>docs/telemetry.md</c>).</summary>
/// <remarks>Counts are averages over the interval's frames, "objects in view", because boxes added up over frames say nothing to a person. An interval without a frame is unknown, not 0.</remarks>
internal static class HomeAssistantEntities
{
    private const string PerFrame = "/ c.frames.processed) | round(1) if c.frames.processed > 0 else none }}{% endif %}";

    public static JsonObject OfDevice(string identifier) => new()
    {
        ["model"] = Sensor(identifier, "model", "Model in service", "{{ value_json.model.name }} {{ value_json.model.version }}", ("icon", "mdi:brain"), ("entity_category", "diagnostic")),
    };

    /// <param name="identifier">Stands before each entity's own name, so that it is unique.</param>
    /// <param name="camera">As it stands in the messages.</param>
    /// <param name="topic">Where interval messages come.</param>
    /// <param name="classes">Labels with a sensor of their own.</param>
    public static JsonObject OfCamera(string identifier, string camera, string topic, IReadOnlyList<string> classes)
    {
        var select = $"{{% set c = value_json.cameras | selectattr('id', 'eq', {Literal(camera)}) | first | default(none) %}}{{% if c %}}";
        var entities = new JsonObject
        {
            ["connected"] = Connected(identifier, select),
            ["fps"] = Measure(identifier, "fps", "Frame rate", select + "{{ c.fps }}{% endif %}", ("unit_of_measurement", "fps"), ("icon", "mdi:filmstrip"), ("entity_category", "diagnostic")),
            ["latency"] = Measure(
                identifier, "latency", "Latency (p95)", select + "{{ c.latencyMs.p95 if c.frames.processed > 0 else none }}{% endif %}",
                ("unit_of_measurement", "ms"), ("device_class", "duration"), ("entity_category", "diagnostic")),
            ["objects"] = Objects(identifier, topic, select),
        };
        foreach (var label in classes)
        {
            var id = "class_" + HomeAssistantDiscovery.ObjectId(label);
            entities[id] = Measure(
                identifier, id, $"{label} in view", $"{select}{{{{ ((c.classes | selectattr('label', 'eq', {Literal(label)}) | map(attribute='detections') | sum) {PerFrame}", ("icon", "mdi:eye"));
        }

        return entities;
    }

    private static JsonObject Connected(string identifier, string select)
    {
        var entity = Entity("binary_sensor", identifier, "connected", "Connected", select + "{{ 'ON' if c.state == 'Streaming' else 'OFF' }}{% endif %}");
        entity["device_class"] = "connectivity";
        return entity;
    }

    private static JsonObject Objects(string identifier, string topic, string select)
    {
        var entity = Measure(identifier, "objects", "Objects in view", $"{select}{{{{ ((c.classes | map(attribute='detections') | sum) {PerFrame}", ("icon", "mdi:eye"));
        entity["json_attributes_topic"] = topic;
        entity["json_attributes_template"] = "{% set found = namespace(classes={}) %}" + select
            + "{% for k in c.classes %}{% set found.classes = dict(found.classes, **{k.label: (k.detections / c.frames.processed) | round(1)}) %}{% endfor %}{% endif %}{{ found.classes | tojson }}";
        return entity;
    }

    private static JsonObject Measure(string identifier, string id, string name, string template, params ReadOnlySpan<(string Key, string Value)> more)
    {
        var entity = Sensor(identifier, id, name, template, more);
        entity["state_class"] = "measurement";
        return entity;
    }

    private static JsonObject Sensor(string identifier, string id, string name, string template, params ReadOnlySpan<(string Key, string Value)> more)
    {
        var entity = Entity("sensor", identifier, id, name, template);
        foreach (var (key, value) in more)
        {
            entity[key] = value;
        }

        return entity;
    }

    private static JsonObject Entity(string platform, string identifier, string id, string name, string template) => new()
    {
        ["platform"] = platform, ["unique_id"] = $"{identifier}_{id}", ["name"] = name, ["value_template"] = template,
    };

    /// <summary>A text as Jinja reads it: JSON's escapes are Jinja's too.</summary>
    private static string Literal(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
