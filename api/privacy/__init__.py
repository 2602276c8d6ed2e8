"""What is stored about a person: handed out to them, erased when they may ask for that."""
