namespace EdgeVision.Capture;

/// <summary>Who is on the synthetic road. The numbers are the class ids of data made from it.</summary>
public enum SceneClass
{
    Person,
    Bicycle,
    Car,
    Bus,
    Truck,
}
