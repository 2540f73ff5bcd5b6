"""What one picture shows: faces, bodies, movement. MediaPipe and OpenCV are loaded here, in the child process only."""
