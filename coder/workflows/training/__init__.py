"""The verbs of training: take a course, go at its steps, see what came of it, be certified."""
