import { Link, Route, Routes } from 'react-router';
import { GalleryPage } from './components/GalleryPage.tsx';
import { Notice } from './components/Notice.tsx';
import { ToastStack } from './components/ToastStack.tsx';

export function App() {
  return (
    <>
      <Routes>
        <Route path="/" element={<GalleryPage />} />
        <Route path="/dynamic/:sessionId" element={<GalleryPage />} />
        <Route path="*" element={<NoSuchPage />} />
      </Routes>
      <ToastStack />
    </>
  );
}

function NoSuchPage() {
  return (
    <Notice title="There is no such page." text="The address may have been cut short.">
      <Link className="button" to="/">
        All sessions
      </Link>
    </Notice>
  );
}
