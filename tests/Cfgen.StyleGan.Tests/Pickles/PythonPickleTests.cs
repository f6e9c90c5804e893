using Cfgen.StyleGan.Pickles;

namespace Cfgen.StyleGan.Tests.Pickles;

/// <summary>What the writers of Python 3.11 and 2.7 make of the same objects, in every protocol.</summary>
public sealed class PythonPickleTests
{
    [Theory]
    [InlineData(
        0,
        "KGRwMApWbgpwMQpOc1Z0CnAyCkkwMQpzVmYKcDMKSTAwCnNWaQpwNAoobHA1CkkwCmFJMjU1CmFJNjU1MzUKYUktMQphSTIxNDc0ODM2NDcKYUktMjE0NzQ4"
            + "MzY0OAphTDEwOTk1MTE2Mjc3NzZMCmFMLTExODA1OTE2MjA3MTc0MTEzMDM0MjRMCmFzVngKcDYKKGxwNwpGMS41CmFGLTAuMAphRjFlKzMwMAphc1ZzCnA4"
            + "ClZ39nJkXHUwMDBhXHUyMGFjXFUwMDAxZjYwMApwOQpzVmIKcDEwCmNfY29kZWNzCmVuY29kZQpwMTEKKFZcdTAwMDD/IQpwMTIKVmxhdGluMQpwMTMKdHAx"
            + "NApScDE1CnNWdQpwMTYKKEkxCnRwMTcKc1Z2CnAxOAooSTEKSTIKdHAxOQpzVncKcDIwCihJMQpJMgpJMwp0cDIxCnNWeQpwMjIKKEkxCkkyCkkzCkk0CnRw"
            + "MjMKc1Z6CnAyNAoodHNWc2V0CnAyNQpjX19idWlsdGluX18Kc2V0CnAyNgooKGxwMjcKSTcKYXRwMjgKUnAyOQpzVmZzCnAzMApjX19idWlsdGluX18KZnJv"
            + "emVuc2V0CnAzMQooKGxwMzIKSTgKYXRwMzMKUnAzNApzVmJhCnAzNQpjX19idWlsdGluX18KYnl0ZWFycmF5CnAzNgooZzExCihWYWIKcDM3CmcxMwp0cDM4"
            + "ClJwMzkKdHA0MApScDQxCnNWb2QKcDQyCmNjb2xsZWN0aW9ucwpPcmRlcmVkRGljdApwNDMKKHRScDQ0ClZhCnA0NQpJMQpzZzEwCkkyCnNzLg==")]
    [InlineData(
        1,
        "fXEAKFgBAAAAbnEBTlgBAAAAdHECSTAxClgBAAAAZnEDSTAwClgBAAAAaXEEXXEFKEsAS/9N//9K/////0r///9/SgAAAIBMMTA5OTUxMTYyNzc3NkwKTC0x"
            + "MTgwNTkxNjIwNzE3NDExMzAzNDI0TAplWAEAAAB4cQZdcQcoRz/4AAAAAAAAR4AAAAAAAAAAR3435DyIAHWcZVgBAAAAc3EIWA0AAAB3w7ZyZArigqzwn5iA"
            + "cQlYAQAAAGJxCmNfY29kZWNzCmVuY29kZQpxCyhYBAAAAADDvyFxDFgGAAAAbGF0aW4xcQ10cQ5ScQ9YAQAAAHVxEChLAXRxEVgBAAAAdnESKEsBSwJ0cRNY"
            + "AQAAAHdxFChLAUsCSwN0cRVYAQAAAHlxFihLAUsCSwNLBHRxF1gBAAAAenEYKVgDAAAAc2V0cRljX19idWlsdGluX18Kc2V0CnEaKF1xG0sHYXRxHFJxHVgC"
            + "AAAAZnNxHmNfX2J1aWx0aW5fXwpmcm96ZW5zZXQKcR8oXXEgSwhhdHEhUnEiWAIAAABiYXEjY19fYnVpbHRpbl9fCmJ5dGVhcnJheQpxJChoCyhYAgAAAGFi"
            + "cSVoDXRxJlJxJ3RxKFJxKVgCAAAAb2RxKmNjb2xsZWN0aW9ucwpPcmRlcmVkRGljdApxKylScSwoWAEAAABhcS1LAWgKSwJ1dS4=")]
    [InlineData(
        2,
        "gAJ9cQAoWAEAAABucQFOWAEAAAB0cQKIWAEAAABmcQOJWAEAAABpcQRdcQUoSwBL/03//0r/////Sv///39KAAAAgIoGAAAAAAABigkAAAAAAAAAAMBlWAEA"
            + "AAB4cQZdcQcoRz/4AAAAAAAAR4AAAAAAAAAAR3435DyIAHWcZVgBAAAAc3EIWA0AAAB3w7ZyZArigqzwn5iAcQlYAQAAAGJxCmNfY29kZWNzCmVuY29kZQpx"
            + "C1gEAAAAAMO/IXEMWAYAAABsYXRpbjFxDYZxDlJxD1gBAAAAdXEQSwGFcRFYAQAAAHZxEksBSwKGcRNYAQAAAHdxFEsBSwJLA4dxFVgBAAAAeXEWKEsBSwJL"
            + "A0sEdHEXWAEAAAB6cRgpWAMAAABzZXRxGWNfX2J1aWx0aW5fXwpzZXQKcRpdcRtLB2GFcRxScR1YAgAAAGZzcR5jX19idWlsdGluX18KZnJvemVuc2V0CnEf"
            + "XXEgSwhhhXEhUnEiWAIAAABiYXEjY19fYnVpbHRpbl9fCmJ5dGVhcnJheQpxJGgLWAIAAABhYnElaA2GcSZScSeFcShScSlYAgAAAG9kcSpjY29sbGVjdGlv"
            + "bnMKT3JkZXJlZERpY3QKcSspUnEsKFgBAAAAYXEtSwFoCksCdXUu")]
    [InlineData(
        3,
        "gAN9cQAoWAEAAABucQFOWAEAAAB0cQKIWAEAAABmcQOJWAEAAABpcQRdcQUoSwBL/03//0r/////Sv///39KAAAAgIoGAAAAAAABigkAAAAAAAAAAMBlWAEA"
            + "AAB4cQZdcQcoRz/4AAAAAAAAR4AAAAAAAAAAR3435DyIAHWcZVgBAAAAc3EIWA0AAAB3w7ZyZArigqzwn5iAcQlYAQAAAGJxCkMDAP8hcQtYAQAAAHVxDEsB"
            + "hXENWAEAAAB2cQ5LAUsChnEPWAEAAAB3cRBLAUsCSwOHcRFYAQAAAHlxEihLAUsCSwNLBHRxE1gBAAAAenEUKVgDAAAAc2V0cRVjYnVpbHRpbnMKc2V0CnEW"
            + "XXEXSwdhhXEYUnEZWAIAAABmc3EaY2J1aWx0aW5zCmZyb3plbnNldApxG11xHEsIYYVxHVJxHlgCAAAAYmFxH2NidWlsdGlucwpieXRlYXJyYXkKcSBDAmFi"
            + "cSGFcSJScSNYAgAAAG9kcSRjY29sbGVjdGlvbnMKT3JkZXJlZERpY3QKcSUpUnEmKFgBAAAAYXEnSwFoCksCdXUu")]
    [InlineData(
        4,
        "gASVJwEAAAAAAAB9lCiMAW6UTowBdJSIjAFmlImMAWmUXZQoSwBL/03//0r/////Sv///39KAAAAgIoGAAAAAAABigkAAAAAAAAAAMBljAF4lF2UKEc/+AAA"
            + "AAAAAEeAAAAAAAAAAEd+N+Q8iAB1nGWMAXOUjA13w7ZyZArigqzwn5iAlIwBYpRDAwD/IZSMAXWUSwGFlIwBdpRLAUsChpSMAXeUSwFLAksDh5SMAXmUKEsB"
            + "SwJLA0sEdJSMAXqUKYwDc2V0lI+UKEsHkIwCZnOUKEsIkZSMAmJhlIwIYnVpbHRpbnOUjAlieXRlYXJyYXmUk5RDAmFilIWUUpSMAm9klIwLY29sbGVjdGlv"
            + "bnOUjAtPcmRlcmVkRGljdJSTlClSlCiMAWGUSwFoCksCdXUu")]
    [InlineData(
        5,
        "gAWVEQEAAAAAAAB9lCiMAW6UTowBdJSIjAFmlImMAWmUXZQoSwBL/03//0r/////Sv///39KAAAAgIoGAAAAAAABigkAAAAAAAAAAMBljAF4lF2UKEc/+AAA"
            + "AAAAAEeAAAAAAAAAAEd+N+Q8iAB1nGWMAXOUjA13w7ZyZArigqzwn5iAlIwBYpRDAwD/IZSMAXWUSwGFlIwBdpRLAUsChpSMAXeUSwFLAksDh5SMAXmUKEsB"
            + "SwJLA0sEdJSMAXqUKYwDc2V0lI+UKEsHkIwCZnOUKEsIkZSMAmJhlJYCAAAAAAAAAGFilIwCb2SUjAtjb2xsZWN0aW9uc5SMC09yZGVyZWREaWN0lJOUKVKU"
            + "KIwBYZRLAWgKSwJ1dS4=")]
    public void Every_protocol_of_Python_3_gives_the_same_value(int protocol, string base64)
    {
        string value = Reading.Python(Reading.Read(Convert.FromBase64String(base64)));
        Assert.True(
            value == "{'n': None, 't': True, 'f': False, 'i': [0, 255, 65535, -1, 2147483647, -2147483648, 1099511627776, "
                + "-1180591620717411303424], "
            + "'x': [1.5, -0, 1E+300], 's': 'wörd\n\u20ac\ud83d\ude00', 'b': b00ff21, 'u': (1), 'v': (1, 2), 'w': (1, 2, 3), 'y': (1, 2, "
            + "3, 4), 'z': (), "
            + "'set': set(7), 'fs': set(8), 'ba': b6162, 'od': {'a': 1, 'b': 2}}",
            $"protocol {protocol}: {value}");
    }

    [Theory]
    [InlineData(
        "KGRwMApTJ2EnCnAxClMiYlx4MDBceGZmJ1xuIgpwMgpzUyd1JwpwMwpWXHUyMGFjCnA0CnNTJ2wnCnA1CihscDYKTDFMCmFJMDEKYUYyLjUKYXNTJ3QnCnA3Cih0cy4=")]
    [InlineData("fXEAKFUBYXEBVQViAP8nCnECVQF1cQNYAwAAAOKCrHEEVQFscQVdcQYoTDFMCkkwMQpHQAQAAAAAAABlVQF0cQcpdS4=")]
    [InlineData("gAJ9cQAoVQFhcQFVBWIA/ycKcQJVAXVxA1gDAAAA4oKscQRVAWxxBV1xBiiKAQGIR0AEAAAAAAAAZVUBdHEHKXUu")]
    public void Strings_of_Python_2_are_its_bytes_as_characters(string base64) =>
        Assert.Equal(
            "{'a': 'b\u0000\u00ff'\n', 'u': '\u20ac', 'l': [1, True, 2.5], 't': ()}",
            Reading.Python(Reading.Read(Convert.FromBase64String(base64))));

    [Theory]
    [InlineData("KGlfX21haW5fXwpLCnAwCihkcDEKUydhJwpwMgpJMQpzYi4=", "INST")]
    [InlineData("KGNfX21haW5fXwpLCnEAb3EBfXECVQFhcQNLAXNiLg==", "OBJ")]
    public void Instances_of_Python_2_are_refused_or_kept_as_calls(string base64, string opcode)
    {
        byte[] pickle = Convert.FromBase64String(base64);
        Assert.Contains($"{opcode} at byte", Reading.Refused(pickle).Found, StringComparison.Ordinal);
        Assert.Equal("__main__.K() with {'a': 1}", Reading.Python(Reading.Read(pickle, new PickleLimits { KeepUnknownCalls = true })));
    }
}
