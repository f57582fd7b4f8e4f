"""The offline generator `sketch`: words to a scene, the scene to a drawing, the drawing to a PNG."""
