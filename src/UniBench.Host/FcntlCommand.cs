namespace UniBench.Host;

/// <summary>Linux's commands of fcntl(2). SetOwner and GetOwner are F_SETOWN_EX and F_GETOWN_EX.</summary>
public static class FcntlCommand
{
    public const int Setfl = 4;
    public const int Setsig = 10;
    public const int Getsig = 11;
    public const int SetOwner = 15;
    public const int GetOwner = 16;
    public const int Setlease = 1024;
    public const int Getlease = 1025;
    public const int Notify = 1026;
    public const int DupfdCloexec = 1030;
    public const int AddSeals = 1033;
    public const int GetSeals = 1034;
    public const int GetRwHint = 1035;
    public const int SetRwHint = 1036;
}
