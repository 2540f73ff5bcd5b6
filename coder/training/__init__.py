"""Practice and certification: a trainee's pass beside a master, as pure rules; statistics are `reliability`'s."""
