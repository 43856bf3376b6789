"""What keeps strangers out and visitors safe."""
