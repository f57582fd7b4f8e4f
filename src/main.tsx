import '@fontsource-variable/newsreader/opsz.css';
import '@fontsource-variable/newsreader/opsz-italic.css';
import '@fontsource-variable/schibsted-grotesk/wght.css';
import './styles/index.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { App } from './App.tsx';
import { WorkspaceContext } from './components/workspaceContext.ts';
import { browserPorts } from './services/page/browserPorts.ts';
import { createGalleryApi } from './services/galleryApi.ts';
import { guardLeaving, wakeOnReturn } from './services/page/leaveGuard.ts';
import { browserStorage, createSessionRegistry } from './services/sessionRegistry.ts';
import { createWorkspace } from './state/workspace.ts';

const workspace = createWorkspace(
  createGalleryApi(),
  createSessionRegistry(browserStorage()),
  newKey,
  browserPorts(),
);
guardLeaving(window, workspace);
wakeOnReturn(window, workspace);
void workspace.begin();
void workspace.shelf.load();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <WorkspaceContext value={workspace}>
      <BrowserRouter>
        <App />
      </BrowserRouter>
    </WorkspaceContext>
  </StrictMode>,
);

/** `crypto.randomUUID` exists only where the page came over https or from this machine. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
