"""The command line: one module per group of commands; it prints what the workflows return."""
