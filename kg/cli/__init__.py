"""The command line: one command a file. Printing and exit codes live here only."""
