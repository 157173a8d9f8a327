"""One YAML file per outlet, and the model that reads them."""
