"""What one picture shows: faces, bodies, movement. OpenCV and MediaPipe are loaded here, in the child only."""
