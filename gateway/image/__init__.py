"""Pictures as they arrive: loaded, judged by their header alone, never decoded."""
