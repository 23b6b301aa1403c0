"""The embedded servers, the process group and the program's edge, started for real."""
