"""What has to be known of a language: a folder for each."""
