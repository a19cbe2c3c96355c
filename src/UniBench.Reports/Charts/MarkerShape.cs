namespace UniBench.Reports.Charts;

internal enum MarkerShape
{
    Circle,
    Square,
    Triangle,
    Diamond,
    Inverted,
    Cross,
}
